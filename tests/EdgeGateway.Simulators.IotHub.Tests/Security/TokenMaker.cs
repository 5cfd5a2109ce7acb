using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace EdgeGateway.Simulators.IotHub.Tests.Security;

/// <summary>Makes SAS tokens from the published rule, apart from the product's own code: another encoder and lower-case escapes.</summary>
internal sealed class TokenMaker(string hostName, TimeProvider time)
{
    public string Make(string path, string key, TimeSpan life, string? policy = null)
    {
        var resource = WebUtility.UrlEncode(path.Length == 0 ? hostName : $"{hostName}/{path}").ToLowerInvariant();
        var expiry = (time.GetUtcNow() + life).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = HMACSHA256.HashData(Convert.FromBase64String(key), Encoding.UTF8.GetBytes($"{resource}\n{expiry}"));
        var token = $"SharedAccessSignature sr={resource}&sig={WebUtility.UrlEncode(Convert.ToBase64String(signature))}&se={expiry}";
        return policy is null ? token : $"{token}&skn={policy}";
    }
}
