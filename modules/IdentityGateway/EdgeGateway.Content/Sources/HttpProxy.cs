using System.Net;

namespace EdgeGateway.Content.Sources;

/// <summary>Reads the proxy from a settings value such as <c>http://user:password@proxy:3128</c>.</summary>
public static class HttpProxy
{
    /// <summary>Moves the login from the address into credentials, because messages of the framework contain the address.</summary>
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
