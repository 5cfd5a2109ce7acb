using System.Globalization;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Hub.Identity;
using EdgeGateway.Module.Serving;
using EdgeGateway.Module.Serving.Access;
using EdgeGateway.Module.Serving.Requests;

namespace EdgeGateway.Module.Settings.Rules;

/// <summary>Checks what the content endpoint needs: a certificate, a way to identify children, ports of its own.</summary>
internal sealed class EndpointRule : ISettingsRule
{
    public void Check(SettingsReading reading)
    {
        var endpoint = reading.Settings.Endpoint;
        CheckList(reading, nameof(endpoint.Children), endpoint.Children, c => ChildId.TryParse(c) is not null, "edge/module, the ids of an edge device and its module");
        CheckList(
            reading, nameof(endpoint.AllowedOrigins), endpoint.AllowedOrigins, o => OriginRule.TryParse(o) is not null,
            "a host, *.host or an IP address, with :port or :* behind it or not");
        CheckKeys(reading, nameof(endpoint.ChildKeysFile), endpoint.ChildKeysFile, path => new KeysFile(path));
        CheckKeys(reading, nameof(endpoint.ChildGroupKeyFile), endpoint.ChildGroupKeyFile, path => new GroupKeyFile(path));
        if (endpoint.Enabled)
        {
            CheckPorts(reading, endpoint);
            if (endpoint.HttpsPort != 0)
            {
                CheckCertificate(reading, endpoint);
                CheckChildren(reading, endpoint);
            }
        }
    }

    private static void CheckCertificate(SettingsReading reading, EndpointOptions endpoint)
    {
        var module = reading.Environment.Identity;
        if (!string.IsNullOrEmpty(endpoint.CertificateFile) || !string.IsNullOrEmpty(endpoint.CertificateKeyFile))
        {
            return;
        }

        if (module?.Workload is null)
        {
            reading.Add(endpoint, nameof(endpoint.CertificateFile), null, "a certificate, with Endpoint:CertificateKeyFile, as no workload API is there to make one");
        }
        else if (string.IsNullOrEmpty(endpoint.HostName) && module.GatewayHostName is null)
        {
            reading.Add(endpoint, nameof(endpoint.HostName), null, "the host name that children connect to, as IOTEDGE_GATEWAYHOSTNAME does not say it");
        }
    }

    private static void CheckChildren(SettingsReading reading, EndpointOptions endpoint)
    {
        if (!string.IsNullOrEmpty(endpoint.ChildKeysFile) || !string.IsNullOrEmpty(endpoint.ChildGroupKeyFile))
        {
            return;
        }

        if (endpoint.Children.Count == 0)
        {
            reading.Add(
                endpoint, nameof(endpoint.ChildKeysFile), null,
                "the keys of children, or Endpoint:ChildGroupKeyFile, or Endpoint:Children with certificates, or Endpoint:HttpsPort 0: no child could be served");
        }
        else if (string.IsNullOrEmpty(endpoint.TrustedCaFile) && reading.Environment.Identity?.GatewayTrust is null)
        {
            reading.Add(
                endpoint, nameof(endpoint.TrustedCaFile), null,
                "the authorities of the children's certificates, as no trust bundle of IoT Edge is there, or keys of children");
        }
    }

    private static void CheckPorts(SettingsReading reading, EndpointOptions endpoint)
    {
        var web = reading.Settings.Web;
        CheckPort(reading, nameof(endpoint.HttpPort), endpoint.HttpPort, endpoint.HttpsPort, "Endpoint:HttpsPort");
        CheckPort(reading, nameof(endpoint.HttpPort), endpoint.HttpPort, web.Enabled ? web.Port : 0, "Web:Port");
        CheckPort(reading, nameof(endpoint.HttpsPort), endpoint.HttpsPort, web.Enabled ? web.Port : 0, "Web:Port");
    }

    private static void CheckPort(SettingsReading reading, string property, int port, int other, string otherKey)
    {
        if (port != 0 && port == other)
        {
            reading.Add(reading.Settings.Endpoint, property, port.ToString(CultureInfo.InvariantCulture), $"a port of its own: {otherKey} is the same");
        }
    }

    private static void CheckList(SettingsReading reading, string property, IList<string> entries, Func<string, bool> isRight, string expected)
    {
        for (var i = 0; i < entries.Count; i++)
        {
            if (!isRight(entries[i]))
            {
                reading.Add(string.Create(CultureInfo.InvariantCulture, $"{reading.KeyOf(reading.Settings.Endpoint, property)}:{i}"), entries[i], expected);
            }
        }
    }

    private static void CheckKeys(SettingsReading reading, string property, string? path, Func<string, IKeySource> source)
    {
        if (string.IsNullOrEmpty(path))
        {
            return;
        }

        try
        {
            source(path).Find("edge/module");
        }
        catch (HubException e)
        {
            reading.AddWarning(reading.KeyOf(reading.Settings.Endpoint, property), path, $"a file that can be used: {e.Message}");
        }
    }
}
