namespace EdgeGateway.Hub.Identity;

/// <summary>Derives the key of any device from the key of its group, which a secrets file holds as base64 text.</summary>
public sealed class GroupKeyFile(string path) : IKeySource
{
    private readonly WatchedFile<byte[]> _file = new(
        path, "file of the group key", text => KeyText.Decode(text) ?? throw new FormatException("its content is not base64 text."));

    public string Description => $"the group key '{path}'";

    public byte[]? Find(string deviceId) => DerivedKey.Compute(_file.Read(), deviceId);
}
