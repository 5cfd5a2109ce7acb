using EdgeGateway.Module.Parents;

namespace EdgeGateway.Module.Settings.Rules;

/// <summary>Checks the addresses of parents; a gateway that may not ask the origin needs a parent.</summary>
internal sealed class ParentRule : ISettingsRule
{
    private const string Address = "a host name or address, without scheme and path";

    public void Check(SettingsReading reading)
    {
        var (parent, content) = (reading.Settings.Parent, reading.Settings.Content);
        if (!string.IsNullOrWhiteSpace(parent.HostName) && Uri.CheckHostName(parent.HostName) == UriHostNameType.Unknown)
        {
            reading.Add(parent, nameof(parent.HostName), parent.HostName, $"{Address}; the port is Parent:Port");
        }

        for (var i = 0; i < parent.Alternatives.Count; i++)
        {
            if (ParentAddresses.Parse(parent.Alternatives[i], parent.Port) is null)
            {
                reading.Add($"{reading.KeyOf(parent, nameof(parent.Alternatives))}:{i}", parent.Alternatives[i], $"{Address}, with :port or without");
            }
        }

        if (!string.IsNullOrEmpty(parent.ClientKeyFile) && string.IsNullOrEmpty(parent.ClientCertificateFile))
        {
            reading.Add(parent, nameof(parent.ClientCertificateFile), null, "the file of the certificate that Parent:ClientKeyFile belongs to");
        }

        if (!content.OriginAllowed && ParentAddresses.Of(parent, reading.Environment.ParentHostName).Count == 0)
        {
            reading.Add(content, nameof(content.OriginAllowed), "false", "true, or a parent (Parent:HostName): content could come from nowhere");
        }
    }
}
