using EdgeGateway.Simulators.Origin.Faults;

namespace EdgeGateway.Simulators.Origin.Tests.Faults;

public sealed class FaultTests
{
    [Theory]
    [InlineData("404", FaultKind.NotFound)]
    [InlineData("500", FaultKind.ServerError)]
    [InlineData("CLOSE", FaultKind.Close)]
    [InlineData("norange", FaultKind.NoRange)]
    public void Parse_KnownName_GivesKind(string name, FaultKind kind) => Fault.Parse(name, null, null).Kind.Should().Be(kind);

    [Fact]
    public void Parse_Numbers_AreTaken() => Fault.Parse("slow", "12", "34").Should().Be(new Fault(FaultKind.Slow, 12, 34));

    [Fact]
    public void Parse_EachName_IsDistinctKind() =>
        Fault.Names.Select(n => Fault.Parse(n, null, null).Kind).Should().BeEquivalentTo(Enum.GetValues<FaultKind>());

    [Theory]
    [InlineData("fire", null, null, "*fire*must be one of*404*")]
    [InlineData("close", "-1", null, "*after*-1*")]
    [InlineData("slow", null, "0", "*rate*0*1 to*")]
    [InlineData("slow", null, "99999999999", "*rate*")]
    public void Parse_Wrong_NamesValue(string kind, string? after, string? rate, string message) =>
        FluentActions.Invoking(() => Fault.Parse(kind, after, rate)).Should().Throw<FormatException>().WithMessage(message);
}
