using System.Buffers.Binary;
using EdgeGateway.Simulators.IotHub.Errors;

namespace EdgeGateway.Simulators.IotHub.Registry;

/// <summary>Formats and checks entity tags in IoT Hub's form: base64 of a counter.</summary>
public static class ETag
{
    public static string From(long revision)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, revision);
        return Convert.ToBase64String(bytes);
    }

    /// <summary>Reads the counter of a tag; 0 where the tag has another form.</summary>
    public static long Revision(string? etag)
    {
        Span<byte> bytes = stackalloc byte[8];
        return etag is not null && Convert.TryFromBase64String(etag, bytes, out var length) && length == 8 ? BinaryPrimitives.ReadInt64BigEndian(bytes) : 0;
    }

    /// <summary>Compares the value of an <c>If-Match</c> header with the present tag; null and <c>*</c> match everything.</summary>
    /// <exception cref="HubRequestException">The tags differ: 412.</exception>
    public static void Check(string? ifMatch, string present)
    {
        if (ifMatch is null or "*" or "\"*\"" || ifMatch.Trim('"') == present)
        {
            return;
        }

        throw new HubRequestException(HubError.PreconditionFailed, $"If-Match is {ifMatch}, the present etag is \"{present}\"; read the present version first");
    }
}
