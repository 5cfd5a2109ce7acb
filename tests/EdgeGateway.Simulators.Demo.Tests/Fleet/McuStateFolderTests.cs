using EdgeGateway.Simulators.Demo.Fleet;
using EdgeGateway.Testing;

namespace EdgeGateway.Simulators.Demo.Tests.Fleet;

public sealed class McuStateFolderTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public void Read_StateOnDisk_IsTheTruth()
    {
        Write("""{"runningVersion":"2.0.0","runningDigest":"AB01","bootState":"Confirmed","more":1}""");

        var truth = new McuStateFolder(_folder.Path).Read("mcu-01");

        truth.Should().Be(new McuTruth("2.0.0", "ab01", "Confirmed"));
        truth!.IsConfirmed.Should().BeTrue();
    }

    [Fact]
    public void Read_NoFile_IsNull() => new McuStateFolder(_folder.Path).Read("mcu-01").Should().BeNull();

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("[]")]
    public void Read_SomethingElse_NamesTheFile(string content)
    {
        Write(content);

        var read = () => new McuStateFolder(_folder.Path).Read("mcu-01");

        read.Should().Throw<InvalidDataException>().WithMessage("*mcu-01/state.json is not a microcontroller's state*");
    }

    public void Dispose() => _folder.Dispose();

    private void Write(string content)
    {
        Directory.CreateDirectory(_folder.File("mcu-01"));
        File.WriteAllText(Path.Combine(_folder.File("mcu-01"), "state.json"), content);
    }
}
