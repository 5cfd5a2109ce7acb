using EdgeGateway.Simulators.Mcu.Host.Faults;
using EdgeGateway.Simulators.Mcu.Node;

namespace EdgeGateway.Simulators.Mcu.Tests.Host.Faults;

public sealed class FaultSpecTests
{
    [Theory]
    [InlineData("silent", FaultKind.Silent, 0, null)]
    [InlineData("dead-image@mcu-03", FaultKind.DeadImage, 0, "mcu-03")]
    [InlineData("program-fails:65536@mcu-1", FaultKind.ProgramFails, 65536, "mcu-1")]
    [InlineData("cut:100", FaultKind.Cut, 100, null)]
    public void Parse_AsWritten_IsUnderstood(string text, FaultKind kind, int offset, string? id) =>
        FaultSpec.Parse(text).Should().Be(new FaultSpec(kind, offset, id));

    [Theory]
    [InlineData("sileent", "*'sileent' is no fault; one of silent, garbage*")]
    [InlineData("", "*is no fault*")]
    [InlineData("cut:-5", "*offset '-5'*")]
    [InlineData("cut:x", "*offset 'x'*")]
    public void Parse_Wrong_SaysWhat(string text, string message) =>
        FluentActions.Invoking(() => FaultSpec.Parse(text)).Should().Throw<FormatException>().WithMessage(message);

    [Fact]
    public void Apply_EveryKindOfOneAlone_ChangesSomething()
    {
        foreach (var kind in Enum.GetValues<FaultKind>().Except([FaultKind.DuplicateAddress, FaultKind.DuplicateSerial]))
        {
            var faults = new McuFaults();
            new FaultSpec(kind, 5).Apply(faults);
            faults.Should().NotBeEquivalentTo(new McuFaults(), kind.ToString());
        }
    }

    [Fact]
    public void IsFor_WithAndWithoutId_MeansOneOrAll()
    {
        FaultSpec.Parse("silent@mcu-01").IsFor("mcu-02").Should().BeFalse();
        FaultSpec.Parse("silent@mcu-01").IsFor("mcu-01").Should().BeTrue();
        FaultSpec.Parse("silent").IsFor("mcu-02").Should().BeTrue();
    }
}
