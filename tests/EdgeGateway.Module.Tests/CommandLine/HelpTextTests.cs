using EdgeGateway.Module.CommandLine;
using EdgeGateway.Module.Settings;

namespace EdgeGateway.Module.Tests.CommandLine;

public sealed class HelpTextTests
{
    [Fact]
    public void Write_Always_NamesEveryKey()
    {
        using var output = new StringWriter();

        HelpText.Write(output);

        var words = output.ToString().Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        words.Should().Contain(SettingsShape.Keys().Select(k => k.Name));
    }
}
