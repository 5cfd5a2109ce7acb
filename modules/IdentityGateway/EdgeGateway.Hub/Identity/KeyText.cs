namespace EdgeGateway.Hub.Identity;

/// <summary>Reads keys as the hub's registry shows them: base64 text.</summary>
internal static class KeyText
{
    /// <summary>Decodes a key.</summary>
    /// <returns>Null where the text is not base64 or is empty.</returns>
    public static byte[]? Decode(string? text)
    {
        var trimmed = text?.Trim() ?? "";
        var key = new byte[trimmed.Length];
        return Convert.TryFromBase64String(trimmed, key, out var length) && length > 0 ? key[..length] : null;
    }
}
