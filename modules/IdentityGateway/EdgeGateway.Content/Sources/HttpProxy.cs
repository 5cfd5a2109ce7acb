using System.Net;

namespace EdgeGateway.Content.Sources;

/// <summary>The proxy of a settings value such as <c>http://user:password@proxy:3128</c>.</summary>
public static class HttpProxy
{
    /// <summary>Takes the login out of the address, as messages of the framework show the address.</summary>
    public static WebProxy Of(Uri url)
    {
        ArgumentNullException.ThrowIfNull(url);
        var proxy = new WebProxy(new UriBuilder(url) { UserName = "", Password = "" }.Uri);
        if (url.UserInfo is { Length: > 0 } login)
        {
            var parts = login.Split(':', 2);
            proxy.Credentials = new NetworkCredential(Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "");
        }

        return proxy;
    }
}
