using EdgeGateway.Simulators.Demo.Display;
using EdgeGateway.Simulators.Demo.Tests.Fleet;

namespace EdgeGateway.Simulators.Demo.Tests.Display;

public sealed class PlainViewTests : IDisposable
{
    private readonly StringWriter _output = new();

    [Fact]
    public void Update_EveryPercent_OneLineForEachTenth()
    {
        var view = new PlainView(_output);

        for (var percent = 0; percent < 100; percent++)
        {
            view.Update(Some.Fleet(Some.Transferring("mcu-01", percent)));
        }

        Lines().Should().HaveCount(10);
        Lines()[3].Should().Be("    6.3 s  mcu-01  Transferring 30 %, 11.2 kB/s, 4 s left");
    }

    [Fact]
    public void Update_NothingChanged_NoLine()
    {
        var view = new PlainView(_output);
        view.Update(Some.Fleet(Some.Done("mcu-01"), Some.Failed("mcu-02")));
        view.Update(Some.Fleet(Some.Done("mcu-01"), Some.Failed("mcu-02")));

        Lines().Should().Equal("    6.3 s  mcu-01  updated", "    6.3 s  mcu-02  failed (McuSilent: no answer)");
    }

    [Fact]
    public void Update_LargeFleet_CountsInsteadOfSingleLines()
    {
        var view = new PlainView(_output);
        var fleet = Enumerable.Range(0, 100).Select(i => Some.Transferring($"mcu-{i:000}", 0)).ToArray();

        for (var done = 0; done < 100; done++)
        {
            fleet[done] = Some.Done($"mcu-{done:000}");
            view.Update(Some.Fleet(fleet));
        }

        Lines().Should().HaveCountLessThan(25).And.OnlyContain(line => !line.Contains("mcu-"));
        Lines()[^1].Should().Be("    6.3 s  100 % of the fleet's bytes; 100 of 100 updated, 0 failed");
    }

    [Fact]
    public void Update_Layers_OneLineForEachChangeOfALink()
    {
        var view = new PlainView(_output);
        view.Update(Some.Fleet() with { Links = [new("origin-top", 0)] });
        view.Update(Some.Fleet() with { Links = [new("origin-top", 66_191)] });
        view.Update(Some.Fleet() with { Links = [new("origin-top", 66_191)] });

        Lines().Should().Equal("    6.3 s  links: origin-top 0.0 kB", "    6.3 s  links: origin-top 66.2 kB");
    }

    public void Dispose() => _output.Dispose();

    private string[] Lines() => _output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
}
