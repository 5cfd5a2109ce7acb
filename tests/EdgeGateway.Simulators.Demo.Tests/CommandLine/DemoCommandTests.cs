using EdgeGateway.Simulators.Demo.CommandLine;
using EdgeGateway.Testing;

namespace EdgeGateway.Simulators.Demo.Tests.CommandLine;

public sealed class DemoCommandTests
{
    private DemoOptions? _options;

    [Fact]
    public async Task Invoke_WithoutOptions_TakesDefaults()
    {
        (await InvokeAsync()).Should().Be(0);

        _options.Should().Be(new DemoOptions());
    }

    [Fact]
    public async Task Invoke_WithEveryOption_BindsEach()
    {
        using var folder = new TempFolder();
        await File.WriteAllBytesAsync(folder.File("image.bin"), [1]);

        (await InvokeAsync(
            "--mcus", "7", "--image", folder.File("image.bin"), "--baud", "921600", "--latency", "0.5", "--noise", "1e-6", "--bus", "3", "--layers", "1",
            "--kill-gateway", "--compose", "--plain", "--report", folder.File("r.json"), "--seed", "9", "--keep", "--timeout", "90")).Should().Be(0);

        _options.Should().BeEquivalentTo(
            new
            {
                Mcus = 7, Baud = 921600, LatencyMilliseconds = 0.5, Noise = 1e-6, McusPerBus = 3, Layers = 1, KillGateway = true, Compose = true, Plain = true,
                Seed = 9, Keep = true, Timeout = TimeSpan.FromSeconds(90),
            });
        _options!.Image!.FullName.Should().Be(folder.File("image.bin"));
        _options.Report!.FullName.Should().Be(folder.File("r.json"));
    }

    [Theory]
    [InlineData("--mcus", "0", "--mcus is 0; expected 1 to 1000")]
    [InlineData("--baud", "12", "--baud is 12; expected 300 to 12000000")]
    [InlineData("--noise", "0.5", "--noise is 0.5; expected 0 to 0.001")]
    [InlineData("--bus", "33", "--bus is 33; expected 1 to 32")]
    [InlineData("--layers", "6", "--layers is 6; expected 1 to 5")]
    [InlineData("--timeout", "0", "--timeout is 0; expected 1 to 1000000")]
    [InlineData("--image", "/nowhere/image.bin", "--image: /nowhere/image.bin does not exist")]
    [InlineData("--timeout", "soon", "Cannot parse argument 'soon' for option '--timeout'")]
    [InlineData("--mcus", "many", "Cannot parse argument 'many' for option '--mcus'")]
    public void Parse_OutOfRange_NamesOptionValueAndWhatWasExpected(string option, string value, string message)
    {
        var parsed = Command().Root.Parse([option, value]);

        parsed.Errors.Should().ContainSingle().Which.Message.Should().StartWith(message);
    }

    [Fact]
    public void Parse_LayersInContainers_IsRefused() =>
        Command().Root.Parse(["--layers", "3", "--compose"]).Errors.Should().ContainSingle()
            .Which.Message.Should().StartWith("--layers and --compose do not go together");

    [Fact]
    public async Task Invoke_Layers_BindsThem()
    {
        (await InvokeAsync("--layers", "3")).Should().Be(0);

        _options.Should().Be(new DemoOptions { Layers = 3 });
        _options!.ImageSize.Should().Be(256 * 1024);
    }

    [Fact]
    public void Help_OfTheScript_NamesEveryOption()
    {
        var script = File.ReadAllText(Path.Combine(Checkout.Root, "demo.sh"));

        Command().Root.Options.Select(option => option.Name).Where(name => name is not "--help" and not "--version")
            .Should().HaveCount(14).And.OnlyContain(name => script.Contains(name));
    }

    private async Task<int> InvokeAsync(params string[] args) => await Command().Root.Parse(args).InvokeAsync();

    private DemoCommand Command() => new(
        (options, _) =>
        {
            _options = options;
            return Task.FromResult(0);
        },
        (_, _) => Task.FromResult(1));
}
