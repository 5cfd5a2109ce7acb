using EdgeGateway.Simulators.Demo.Fleet;
using Spectre.Console;

namespace EdgeGateway.Simulators.Demo.Display;

/// <summary>A bar for each microcontroller, drawn over and over in place; of a large fleet the counts and the active ones.</summary>
public sealed class LiveView(IAnsiConsole console) : IProgressView
{
    public Task<T> ShowAsync<T>(Func<IProgressSink, Task<T>> work)
    {
        var picture = new FleetPicture(console.Profile.Height);
        return console.Live(Text.Empty).Overflow(VerticalOverflow.Crop).StartAsync(context => work(new Sink(context, picture)));
    }

    private sealed class Sink(LiveDisplayContext context, FleetPicture picture) : IProgressSink
    {
        private readonly List<string> _notes = [];
        private FleetSnapshot? _fleet;

        public void Update(FleetSnapshot fleet)
        {
            _fleet = fleet;
            Draw();
        }

        public void Note(string text)
        {
            _notes.Add(text);
            Draw();
        }

        private void Draw()
        {
            context.UpdateTarget(picture.Draw(_fleet, _notes));
            context.Refresh();
        }
    }
}
