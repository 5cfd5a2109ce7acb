namespace EdgeGateway.Module.Serving.Requests;

/// <summary>Which origins this gateway fetches from on behalf of others: nobody is to reach by it what he could not reach himself.</summary>
internal sealed class OriginList
{
    /// <summary>Where Device Update has its content.</summary>
    public const string DeviceUpdate = "*.b.nlu.dl.adu.microsoft.com";

    private readonly OriginRule[] _rules;

    /// <param name="more">Entries of the settings, beside <see cref="DeviceUpdate"/>; those that are none allow nothing.</param>
    public OriginList(IEnumerable<string> more) => _rules = [.. more.Prepend(DeviceUpdate).Select(OriginRule.TryParse).OfType<OriginRule>()];

    public bool Allows(Uri address) =>
        (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
        && address.UserInfo.Length == 0
        && Array.Exists(_rules, r => r.Allows(address));
}
