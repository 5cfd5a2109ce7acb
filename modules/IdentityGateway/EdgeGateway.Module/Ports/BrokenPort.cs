using EdgeGateway.Serial.Drivers;
using EdgeGateway.Serial.Links;

namespace EdgeGateway.Module.Ports;

/// <summary>A line that cannot even be made: each attempt to use it tells why, as a line that cannot be opened does.</summary>
internal sealed class BrokenPort(string name, LinkException problem) : IMcuPort
{
    public string LineName => name;

    public Task<IMcuDriver> ConnectAsync(CancellationToken cancellationToken) =>
        Task.FromException<IMcuDriver>(new LinkException(problem.Failure, problem.Message, problem));
}
