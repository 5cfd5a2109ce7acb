using EdgeGateway.Firmware.DeviceUpdate.Manifests;
using EdgeGateway.Serial;
using EdgeGateway.Serial.Drivers;

namespace EdgeGateway.Firmware.Tests.DeviceUpdate.Manifests;

public sealed class CompatibilityCheckTests
{
    private static readonly McuFacts Facts = new()
    {
        Vendor = "Contoso", Model = "A", HardwareRevision = "c1", SerialNumber = "1", RunningVersion = "1", BootState = BootState.Confirmed, SlotSize = 1,
    };

    [Theory]
    [InlineData("manufacturer=Contoso,model=A", true)]
    [InlineData("manufacturer=Contoso,model=A,hwRev=c1", true)]
    [InlineData("manufacturer=Contoso,model=A,hwRev=c2", false)]
    [InlineData("manufacturer=Contoso,model=B", false)]
    [InlineData("manufacturer=contoso,model=A", false)]
    [InlineData("manufacturer=Contoso", false)]
    [InlineData("model=A", false)]
    [InlineData("manufacturer=Contoso,model=A,colour=red", false)]
    [InlineData("manufacturer=Fabrikam,model=A|manufacturer=Contoso,model=A", true)]
    [InlineData("", false)]
    public void Fits_OnlyWhereOneMapNamesTheClassAndAllItNamesIsEqual(string maps, bool fits) =>
        CompatibilityCheck.Fits(Parse(maps), Facts).Should().Be(fits);

    [Fact]
    public void Explain_SaysBothSides() =>
        CompatibilityCheck.Explain(Parse("manufacturer=X,model=Y|manufacturer=X,model=Z"), Facts).Should().Be(
            "the update is for manufacturer 'X', model 'Y' or manufacturer 'X', model 'Z'; this is manufacturer 'Contoso', model 'A', hwRev 'c1'");

    private static List<Dictionary<string, string>> Parse(string maps) =>
        [.. maps.Split('|').Select(m => m.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('=')).ToDictionary(p => p[0], p => p[1]))];
}
