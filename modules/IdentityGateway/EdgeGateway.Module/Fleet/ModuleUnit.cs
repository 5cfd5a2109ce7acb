using EdgeGateway.Hub.Connections;
using EdgeGateway.Hub.Identity;
using EdgeGateway.Module.Dynamic;
using EdgeGateway.Module.Health;
using EdgeGateway.Module.Methods;
using EdgeGateway.Module.Prefetch;
using EdgeGateway.Module.Twins;

namespace EdgeGateway.Module.Fleet;

/// <summary>
/// The module's own identity at the hub: its twin brings settings and tells how the fleet stands. A gateway may do without.
/// </summary>
internal sealed class ModuleUnit : IAsyncDisposable
{
    /// <summary>How often the state of the fleet is looked at for the twin.</summary>
    public static readonly TimeSpan FleetInterval = TimeSpan.FromSeconds(10);

    private readonly IDeviceConnection? _connection;
    private readonly ModuleReports? _reports;
    private readonly ModuleTwinHandler? _handler;
    private readonly PrefetchTwin _prefetch;
    private bool _disposed;

    /// <param name="environment">Knows the module's identity, if it has one.</param>
    /// <param name="connections">Makes its connection.</param>
    /// <param name="settings">What its twin may change.</param>
    /// <param name="prefetch">What its twin wants to be fetched ahead.</param>
    /// <param name="methods">What can be called.</param>
    /// <param name="time">The clock.</param>
    public ModuleUnit(
        IModuleIdentitySource environment,
        IDeviceConnectionFactory connections,
        DynamicSettings settings,
        PrefetchTwin prefetch,
        ModuleMethods methods,
        TimeProvider time)
    {
        _prefetch = prefetch;
        Identity = environment.Current?.Identity;
        if (Identity is not null)
        {
            _connection = connections.Create(Identity);
            _reports = new ModuleReports(_connection, time.GetUtcNow());
            _handler = new ModuleTwinHandler(settings, prefetch, methods.Table, _reports);
        }
    }

    /// <summary>Who the module is; null where it has no identity.</summary>
    public DeviceIdentity? Identity { get; }

    /// <summary>State of its connection; null until it said something.</summary>
    public ConnectionStatus? Connection => _handler?.Connection;

    public void Start()
    {
        if (_handler is not null)
        {
            _connection!.Start(_handler);
        }
    }

    /// <summary>Tells how the fleet stands, and the fetching ahead.</summary>
    public void Report(IReadOnlyList<McuUnit> units, IReadOnlyList<CheckResult> checks)
    {
        _reports?.OnPrefetch(_prefetch.Component());
        _reports?.OnFleet(units, checks);
    }

    /// <summary>Sends what is still to be reported; at once where the hub is away.</summary>
    public Task FlushAsync(CancellationToken cancellationToken) =>
        _connection?.State == ConnectionState.Connected ? _connection.FlushReportsAsync(cancellationToken) : Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null && !_disposed)
        {
            _disposed = true;
            await _connection.DisposeAsync();
        }
    }
}
