using EdgeGateway.Module.Settings;
using EdgeGateway.Testing;
using Microsoft.Extensions.Configuration;

namespace EdgeGateway.Module.Tests.Settings.Rules;

public sealed class CredentialsRuleTests : IDisposable
{
    private const string OneMcu = """ "Lines": [ { "Port": "/dev/a", "Mcus": [ { "Id": "x" } ] } ] """;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Check_MicrocontrollersWithoutAnyKey_IsNamed() =>
        Mistakes(null, null).Should().ContainSingle().Which.Should().StartWith("Credentials:GroupKeyFile: expected a file with the key of the group");

    [Fact]
    public void Check_MissingFiles_AreBothNamed() => Mistakes(_folder.File("keys"), _folder.File("group")).Should().HaveCount(2);

    [Fact]
    public void Check_FilesThatHoldNonsense_AreNamedWithoutTheirContent()
    {
        File.WriteAllText(_folder.File("keys"), "{ \"x\": \"c2VjcmV0\" ");
        File.WriteAllText(_folder.File("group"), "c2VjcmV0 not base64");

        Mistakes(_folder.File("keys"), _folder.File("group")).Should().HaveCount(2).And.NotContain(m => m.Contains("c2VjcmV0"));
    }

    [Fact]
    public void Check_FileOfKeys_IsEnough()
    {
        File.WriteAllText(_folder.File("keys"), "{ \"x\": \"c2VjcmV0\" }");

        Mistakes(_folder.File("keys"), null).Should().BeEmpty();
    }

    private static List<string> Mistakes(string? keys, string? group)
    {
        var files = new Dictionary<string, string?>();
        if (keys is not null)
        {
            files["Credentials:KeysFile"] = keys;
        }

        if (group is not null)
        {
            files["Credentials:GroupKeyFile"] = group;
        }

        var configuration = new ConfigurationBuilder()
            .AddJsonStream(new MemoryStream(System.Text.Encoding.UTF8.GetBytes($"{{ {OneMcu} }}")))
            .AddInMemoryCollection(files)
            .Build();
        return [.. SettingsReader.Read(configuration, SettingsText.Environment).Errors.Select(e => e.ToString())];
    }
}
