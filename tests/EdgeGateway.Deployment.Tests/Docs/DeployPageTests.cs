using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EdgeGateway.Deployment.Tests.Manifests;
using EdgeGateway.Hub.Identity;
using EdgeGateway.Module.Settings;
using EdgeGateway.Testing;
using Microsoft.Extensions.Configuration;

namespace EdgeGateway.Deployment.Tests.Docs;

/// <summary>What docs/deploy.md shows works, as far as that can be tried without Azure.</summary>
public sealed partial class DeployPageTests
{
    [Fact]
    public async Task Commands_Syntax_IsRight()
    {
        ShellBlock.Shell.Should().HaveCountGreaterThan(10);
        foreach (var block in ShellBlock.Shell)
        {
            var (code, _, error) = await Bash.RunAsync(block.Text, null, "-n");

            (code, error).Should().Be((0, ""), "the block at {0}:{1} is bash", ShellBlock.Page, block.Line);
        }
    }

    [Fact]
    public void Commands_Variables_AreSetBeforeTheyAreUsed()
    {
        var known = new HashSet<string>(["HOME", "1"]);
        foreach (var block in ShellBlock.Shell)
        {
            known.UnionWith(Assignment().Matches(block.Text).Select(m => m.Groups["name"].Value));
            Use().Matches(block.Text).Select(m => m.Groups["name"].Value).Should().BeSubsetOf(known, "{0}:{1}", ShellBlock.Page, block.Line);
        }
    }

    [Fact]
    public void Commands_Azure_AreKnownOnes()
    {
        var commands = ShellBlock.Shell.SelectMany(b => AzureCommand().Matches(b.Text)).Select(m => m.Groups["command"].Value.Trim()).Distinct();

        commands.Should().BeSubsetOf(AzureCommands.Known);
    }

    [Fact]
    public void Commands_Azure_OptionsAreKnownOnes()
    {
        foreach (var block in ShellBlock.Shell)
        {
            var text = block.Text.Replace("\\\n", " ");
            foreach (var line in text.Split('\n').Where(l => l.Contains("az ")))
            {
                var azure = line[line.IndexOf("az ", StringComparison.Ordinal)..];
                Option().Matches(azure).Select(m => m.Value).Should().BeSubsetOf(AzureCommands.Options, "{0}:{1}", ShellBlock.Page, block.Line);
            }
        }
    }

    [Fact]
    public async Task Keys_Derived_AreThoseOfTheGateway()
    {
        using var folder = new TempFolder();
        var block = ShellBlock.Shell.Single(b => b.Text.Contains("derive()"));
        var function = block.Text[..block.Text.IndexOf("for mcu", StringComparison.Ordinal)];

        var (code, output, error) = await Bash.RunAsync(
            $"set -eu\n{function}\nderive mcu-01\nderive 'mcu.02=x'\nstat -c %a group.key\n", folder.Path);

        (code, error).Should().Be((0, ""));
        var key = Convert.FromBase64String((await File.ReadAllTextAsync(folder.File("group.key"))).Trim());
        output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().Equal(
            DerivedKey.ComputeBase64(key, "mcu-01"), DerivedKey.ComputeBase64(key, "mcu.02=x"), "600");
        new GroupKeyFile(folder.File("group.key")).Find("mcu-01").Should().Equal(DerivedKey.Compute(key, "mcu-01"));
    }

    [Fact]
    public void SettingsFile_OfTheHost_IsRight()
    {
        var block = ShellBlock.Shell.Single(b => b.Text.Contains("<<'JSON'"));
        using var host = new TempFolder();
        File.WriteAllText(host.File("group.key"), Convert.ToBase64String(new byte[32]));
        var json = Heredoc().Match(block.Text).Groups["text"].Value;
        var configuration = new ConfigurationBuilder()
            .AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(json)))
            .AddInMemoryCollection([new("Hub:HostName", "contoso.azure-devices.net"), new("Credentials:GroupKeyFile", host.File("group.key"))])
            .Build();

        var reading = SettingsReader.Read(configuration, RuntimeEnvironment.Empty);

        reading.Errors.Should().BeEmpty();
        var names = Regex.Match(ShellBlock.Shell.First(b => b.Text.Contains("mcus=")).Text, "^mcus=\"(.*)\"$", RegexOptions.Multiline).Groups[1].Value.Split(' ');
        reading.Settings.Lines.SelectMany(l => l.Mcus).Select(m => m.Id).Should().Equal(names);
    }

    [Fact]
    public void Json_Blocks_AreJson() =>
        ShellBlock.All.Where(b => b.Language == "json").Should().OnlyContain(b => JsonNode.Parse(b.Text, null, default) != null);

    [Fact]
    public void Files_Named_AreThere()
    {
        var page = Checkout.Read(ShellBlock.Page);
        var templates = Regex.Matches(page, "`(deployment[a-z.-]*\\.template\\.json)`").Select(m => m.Groups[1].Value).Distinct().ToList();

        templates.Should().BeEquivalentTo(Directory.GetFiles(Checkout.Manifests, "*.template.json").Select(Path.GetFileName));
        var links = Regex.Matches(page, @"\]\((?!https?:|#)([^)#]+)")
            .Select(m => Path.Combine(Checkout.PathOf("docs"), m.Groups[1].Value)).ToList();
        links.Should().NotBeEmpty().And.OnlyContain(link => Path.Exists(link));
        Regex.Matches(page, @"out/(deployment[a-z0-9.-]*\.json)").Select(m => m.Groups[1].Value).Should().BeSubsetOf(Manifest.Names);
    }

    [GeneratedRegex(
        @"(^|[\s(])(local )?(?<name>[a-z_]+)=|for (?<name>[a-z_]+) in|local (?<name>[a-z_]+)$|--(arg|rawfile) (?<name>[a-z]+)",
        RegexOptions.Multiline)]
    private static partial Regex Assignment();

    [GeneratedRegex(@"(?<!\\)\$\{?(?<name>[A-Za-z_][A-Za-z0-9_]*)")]
    private static partial Regex Use();

    [GeneratedRegex(@"(?<![\w-])az (?<command>[a-z][a-z0-9-]*( [a-z][a-z0-9-]*)*)")]
    private static partial Regex AzureCommand();

    [GeneratedRegex(@"(?<=\s)--[a-z-]+")]
    private static partial Regex Option();

    [GeneratedRegex(@"<<'JSON'\n(?<text>.*?)^JSON$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Heredoc();
}
