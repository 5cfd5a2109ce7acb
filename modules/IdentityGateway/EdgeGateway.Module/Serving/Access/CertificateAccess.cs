namespace EdgeGateway.Module.Serving.Access;

/// <summary>
/// Knows children by the identity certificate that their workload API makes: <c>azureiot://hub/devices/edge/modules/module</c> among its
/// alternative names.
/// </summary>
internal sealed class CertificateAccess(string hub, TimeProvider time)
{
    private const string Scheme = "azureiot://";

    public AccessResult Check(ClientCertificate certificate)
    {
        var now = time.GetUtcNow();
        if (certificate.Mistrust is { } mistrust)
        {
            return AccessResult.Denied(AccessDenial.Untrusted, $"the certificate is not trusted: {mistrust}");
        }

        if (now < certificate.Begins || now >= certificate.Ends)
        {
            return AccessResult.Denied(AccessDenial.Expired, $"the certificate is for {certificate.Begins:u} to {certificate.Ends:u}");
        }

        var names = certificate.Uris.Where(u => u.StartsWith(Scheme, StringComparison.Ordinal)).ToList();
        return names.Count != 1 || Read(names[0][Scheme.Length..]) is not { } child
            ? AccessResult.Denied(AccessDenial.WrongScope, $"the certificate does not name one module of an edge device at {hub}")
            : AccessResult.Of(child);
    }

    private ChildId? Read(string resource) =>
        ChildId.TryParseResource(resource) is var (named, child) && string.Equals(named, hub, StringComparison.OrdinalIgnoreCase) ? child : null;
}
