using EdgeGateway.Simulators.Demo.Fleet;

namespace EdgeGateway.Simulators.Demo.Display;

/// <summary>Takes what there is to show.</summary>
public interface IProgressSink
{
    void Update(FleetSnapshot fleet);

    /// <summary>Something worth a line of its own.</summary>
    void Note(string text);
}
