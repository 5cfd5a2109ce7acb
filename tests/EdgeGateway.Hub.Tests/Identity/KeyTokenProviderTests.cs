using EdgeGateway.Hub.Connections;
using EdgeGateway.Hub.Identity;
using EdgeGateway.Testing;

namespace EdgeGateway.Hub.Tests.Identity;

public sealed class KeyTokenProviderTests : IDisposable
{
    private const string Resource = "hub/devices/mcu-07";
    private static readonly byte[] Key = "0123456789abcdef0123456789abcdef"u8.ToArray();
    private static readonly DateTimeOffset Expiry = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly TempFolder _folder = new();

    [Fact]
    public async Task CreateTokenAsync_KeyInFile_IsSignedWithIt()
    {
        var path = Write("keys.json", $$"""{"mcu-07":"{{Convert.ToBase64String(Key)}}"}""");

        (await CheckAsync(new KeyTokenProvider([new KeysFile(path)]), Key)).Should().Be(SharedAccessSignatureCheck.Valid);
    }

    [Fact]
    public async Task CreateTokenAsync_GroupKey_IsSignedWithTheDerivedKey()
    {
        var path = Write("group.key", Convert.ToBase64String(Key) + "\n");

        (await CheckAsync(new KeyTokenProvider([new GroupKeyFile(path)]), DerivedKey.Compute(Key, "mcu-07")))
            .Should().Be(SharedAccessSignatureCheck.Valid);
    }

    [Fact]
    public async Task CreateTokenAsync_BothFiles_TheOwnKeyCountsFirst()
    {
        var keys = Write("keys.json", $$"""{"mcu-07":"{{Convert.ToBase64String("own"u8)}}"}""");
        var group = Write("group.key", Convert.ToBase64String(Key));
        var provider = new KeyTokenProvider([new KeysFile(keys), new GroupKeyFile(group)]);

        (await CheckAsync(provider, "own"u8.ToArray())).Should().Be(SharedAccessSignatureCheck.Valid);
        var other = SharedAccessSignature.Parse(await provider.CreateTokenAsync(new DeviceIdentity("mcu-08"), Resource, Expiry, default));
        other.Check(DerivedKey.Compute(Key, "mcu-08"), Resource, Expiry.AddDays(-1)).Should().Be(SharedAccessSignatureCheck.Valid);
    }

    [Fact]
    public async Task CreateTokenAsync_FileMended_TakesEffect()
    {
        var path = Write("keys.json", "{}");
        var provider = new KeyTokenProvider([new KeysFile(path)]);
        await provider.Invoking(p => CheckAsync(p, Key)).Should().ThrowAsync<HubException>();
        Write("keys.json", $$"""{"mcu-07":"{{Convert.ToBase64String(Key)}}"}""");

        (await CheckAsync(provider, Key)).Should().Be(SharedAccessSignatureCheck.Valid);
    }

    [Theory]
    [InlineData(null, "*keys.json' cannot be used*")]
    [InlineData("{\n\"mcu-07\": secret}", "*keys.json' cannot be used: line 2*base64*")]
    [InlineData("[]", "*keys.json' cannot be used*JSON object*")]
    [InlineData("null", "*keys.json' cannot be used*null*")]
    [InlineData("""{"mcu-07":"no base64!"}""", "*'mcu-07'*keys.json'*base64*")]
    [InlineData("""{"mcu-07":null}""", "*'mcu-07'*keys.json'*base64*")]
    [InlineData("""{"mcu-7":"AAAA"}""", "*no key for 'mcu-07'*keys.json'*")]
    public async Task CreateTokenAsync_KeysFileUnusable_SaysWhichFileAndIdAndNoSecret(string? content, string message)
    {
        var path = _folder.File("keys.json");
        if (content is not null)
        {
            Write("keys.json", content);
        }

        var act = () => CheckAsync(new KeyTokenProvider([new KeysFile(path)]), Key);

        var e = (await act.Should().ThrowAsync<HubException>().WithMessage(message)).Which;
        e.Failure.Should().Be(HubFailure.Unauthorized);
        e.ToString().Should().NotContain("secret").And.NotContain("no base64!");
    }

    [Fact]
    public async Task CreateTokenAsync_GroupKeyIsNoBase64_SaysWhichFile()
    {
        var path = Write("group.key", "not a key?");

        var act = () => CheckAsync(new KeyTokenProvider([new GroupKeyFile(path)]), Key);

        await act.Should().ThrowAsync<HubException>().WithMessage($"*'{path}'*base64*");
    }

    [Fact]
    public async Task CreateTokenAsync_Module_IsRefused()
    {
        var provider = new KeyTokenProvider([new GroupKeyFile(Write("group.key", Convert.ToBase64String(Key)))]);

        var act = async () => await provider.CreateTokenAsync(new DeviceIdentity("edge", "gateway"), Resource, Expiry, default);

        await act.Should().ThrowAsync<HubException>().WithMessage("*module 'edge/gateway'*");
    }

    public void Dispose() => _folder.Dispose();

    private string Write(string name, string content)
    {
        var path = _folder.File(name);
        File.WriteAllText(path, content);
        return path;
    }

    private static async Task<SharedAccessSignatureCheck> CheckAsync(KeyTokenProvider provider, byte[] key)
    {
        var token = await provider.CreateTokenAsync(new DeviceIdentity("mcu-07"), Resource, Expiry, default);
        return SharedAccessSignature.Parse(token).Check(key, Resource, Expiry.AddDays(-1));
    }
}
