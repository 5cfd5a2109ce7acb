using System.Security.Cryptography;
using EdgeGateway.Hub.Connections;
using EdgeGateway.Hub.Identity;
using Microsoft.Extensions.Primitives;

namespace EdgeGateway.Module.Serving.Access;

/// <summary>
/// Knows children by SAS tokens as they make them for IoT Hub. Works without the hub: the keys are in files of this gateway, read again when
/// they change.
/// </summary>
/// <param name="hub">Name of the IoT Hub.</param>
/// <param name="keys">Where keys are; the first that knows a child counts.</param>
/// <param name="time">The clock.</param>
internal sealed class TokenAccess(string hub, IReadOnlyList<IKeySource> keys, TimeProvider time)
{
    /// <summary>Longest header that is read; the longest ids make about 700.</summary>
    public const int MaxLength = 2048;

    /// <summary>Stands for the key of an unknown child, so that it takes as long to refuse as a known one.</summary>
    private readonly byte[] _nobodysKey = RandomNumberGenerator.GetBytes(32);

    public AccessResult Check(StringValues header)
    {
        if (header.Count != 1 || header[0] is not { Length: <= MaxLength } text)
        {
            return AccessResult.Denied(AccessDenial.Malformed, "there is not one header Authorization of usual length");
        }

        SharedAccessSignature token;
        (string Hub, ChildId Child)? scope;
        try
        {
            token = SharedAccessSignature.Parse(text);
            scope = ChildId.TryParseResource(token.Resource);
        }
        catch (FormatException e)
        {
            return AccessResult.Denied(AccessDenial.Malformed, e.Message);
        }

        if (scope is not var (named, child) || !string.Equals(named, hub, StringComparison.OrdinalIgnoreCase))
        {
            return AccessResult.Denied(AccessDenial.WrongScope, $"the token is not for a module of an edge device at {hub}");
        }

        try
        {
            return Check(token, child, Find(child));
        }
        catch (HubException e)
        {
            return AccessResult.Denied(AccessDenial.NoKeys, e.Message, child);
        }
    }

    private AccessResult Check(SharedAccessSignature token, ChildId child, byte[]? key)
    {
        var check = token.Check(key ?? _nobodysKey, child.ResourceOf(hub), time.GetUtcNow());
        return key is null ? AccessResult.Denied(AccessDenial.UnknownChild, $"there is no key of {child}", child) : check switch
        {
            SharedAccessSignatureCheck.Valid => AccessResult.Of(child),
            SharedAccessSignatureCheck.Expired => AccessResult.Denied(AccessDenial.Expired, $"the token of {child} ended at {token.Expiry:u}", child),
            SharedAccessSignatureCheck.WrongResource => AccessResult.Denied(AccessDenial.WrongScope, $"the token opens {token.Resource}", child),
            _ => AccessResult.Denied(AccessDenial.WrongKey, $"the token was not made with the key of {child}", child),
        };
    }

    private byte[]? Find(ChildId child)
    {
        foreach (var source in keys)
        {
            if (source.Find(child.ToString()) is { } key)
            {
                return key;
            }
        }

        return null;
    }
}
