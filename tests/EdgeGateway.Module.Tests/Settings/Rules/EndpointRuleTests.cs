using EdgeGateway.Module.Settings;
using EdgeGateway.Module.Tests.Settings;

namespace EdgeGateway.Module.Tests.Settings.Rules;

public sealed class EndpointRuleTests
{
    private const string Served = """ "Enabled": true, "CertificateFile": "/dev/null", "CertificateKeyFile": "/dev/null", "ChildGroupKeyFile": "KEY" """;

    [Theory]
    [InlineData("")]
    [InlineData(""" "Enabled": false, "HttpsPort": 0 """)]
    [InlineData(Served)]
    [InlineData(""" "Enabled": true, "HttpsPort": 0, "HttpPort": 8080 """)]
    [InlineData(Served + """, "Children": [ "line-3/gateway" ], "AllowedOrigins": [ "*.example", "10.0.0.1:8080" ] """)]
    public void Check_Right_HasNoMistakes(string endpoint) => Mistakes(endpoint).Should().BeEmpty();

    [Theory]
    [InlineData(""" "Enabled": true, "ChildGroupKeyFile": "KEY" """, "Endpoint:CertificateFile: expected a certificate")]
    [InlineData(""" "Enabled": true, "CertificateFile": "/dev/null", "ChildGroupKeyFile": "KEY" """, "Endpoint:CertificateKeyFile: expected no contradiction")]
    [InlineData(""" "CertificateKeyFile": "/dev/null" """, "Endpoint:CertificateFile: expected no contradiction")]
    [InlineData(""" "Enabled": true, "CertificateFile": "/dev/null", "CertificateKeyFile": "/dev/null" """, "Endpoint:ChildKeysFile: expected the keys of children")]
    [InlineData(
        """ "Enabled": true, "CertificateFile": "/dev/null", "CertificateKeyFile": "/dev/null", "Children": [ "a/b" ] """,
        "Endpoint:TrustedCaFile: expected the authorities")]
    [InlineData(""" "Enabled": true, "HttpsPort": 0 """, "Endpoint:HttpsPort = '0' (): expected no contradiction")]
    [InlineData(Served + """, "HttpPort": 9443 """, "Endpoint:HttpPort = '9443' (): expected a port of its own: Endpoint:HttpsPort")]
    [InlineData(Served + """, "HttpPort": 9600 """, "Endpoint:HttpPort = '9600' (): expected a port of its own: Web:Port")]
    [InlineData(Served + """, "HttpsPort": 9600 """, "Endpoint:HttpsPort = '9600' (): expected a port of its own: Web:Port")]
    [InlineData(Served + """, "Children": [ "line-3" ] """, "Endpoint:Children:0 = 'line-3' (): expected edge/module")]
    [InlineData(Served + """, "AllowedOrigins": [ "a", "http://b" ] """, "Endpoint:AllowedOrigins:1 = 'http://b' (): expected a host")]
    [InlineData(Served + """, "Address": "everywhere" """, "Endpoint:Address = 'everywhere' (): expected no contradiction")]
    [InlineData(Served + """, "HttpAddress": "here" """, "Endpoint:HttpAddress = 'here' (): expected no contradiction")]
    [InlineData(Served + """, "ChildKeysFile": "/nowhere/keys.json" """, "Endpoint:ChildKeysFile = '/nowhere/keys.json' (): expected a file that can be used")]
    [InlineData(Served + """, "TrustedCaFile": "/nowhere/ca.pem" """, "Endpoint:TrustedCaFile = '/nowhere/ca.pem' (): expected a file that exists")]
    public void Check_Wrong_IsSaid(string endpoint, string mistake) =>
        Mistakes(endpoint).Should().ContainSingle().Which.Should().StartWith(mistake);

    [Fact]
    public void Check_FileThatIsMissing_DoesNotBlock() => SettingsText
        .Read("""{ "Endpoint": { "ChildKeysFile": "/nowhere/keys.json" } }""").Blocking.Should().BeEmpty();

    private static IReadOnlyList<string> Mistakes(string endpoint) =>
    [
        .. SettingsText.Mistakes($$"""{ "Endpoint": { {{endpoint.Replace("KEY", SettingsText.GroupKeyFile.Value, StringComparison.Ordinal)}} } }""")
            .Select(m => System.Text.RegularExpressions.Regex.Replace(m, @" \([^)]*\):", " ():")),
    ];
}
