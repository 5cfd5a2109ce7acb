using System.Net;
using EdgeGateway.Module.Web;

namespace EdgeGateway.Module.Health;

/// <summary><c>--health</c>: asks the running gateway for its life, for the health check of a container whose image has no other client.</summary>
internal static class HealthProbe
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(4);

    /// <summary>Asks once.</summary>
    /// <returns>True where it is alive, and the text to print.</returns>
    public static async Task<(bool IsAlive, string Message)> AskAsync(WebOptions options)
    {
        if (!options.Enabled)
        {
            return (true, "Web:Enabled is false: no endpoint can be asked, and nothing is known to be wrong.");
        }

        if (options.Port == 0)
        {
            return (false, "Web:Port is 0: the port is known to the log only; set one to ask for health.");
        }

        var address = IPAddress.Parse(options.Address);
        var host = address.Equals(IPAddress.Any) ? IPAddress.Loopback : address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : address;
        var uri = new UriBuilder("http", host.ToString(), options.Port, "/healthz").Uri;
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Limit };
        try
        {
            using var response = await client.GetAsync(uri);
            return (response.IsSuccessStatusCode, (await response.Content.ReadAsStringAsync()).TrimEnd());
        }
        catch (HttpRequestException e)
        {
            return (false, $"{uri} cannot be asked: {e.Message}");
        }
        catch (OperationCanceledException)
        {
            return (false, $"{uri} did not answer within {Limit.TotalSeconds:0} s.");
        }
    }
}
