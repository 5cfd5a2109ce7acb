using EdgeGateway.Serial.Links.Posix;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Serial.Links;

/// <summary>Makes links to serial ports and TCP serial servers. All ports it makes share one thread; one factory a process is enough.</summary>
/// <remarks>Safe for use from any thread. Disposing it closes what its ports still have open.</remarks>
public sealed class SerialLinkFactory(ILoggerFactory loggers, TimeProvider time) : ISerialLinkFactory, IDisposable
{
    private readonly Lock _lock = new();
    private EpollLoop? _loop;
    private bool _disposed;

    public ISerialLink Create(LineOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!LineAddress.TryParse(options.Port, out var address, out var error))
        {
            throw new LinkException(LinkFailure.BadSettings, error);
        }

        if (options.BaudRate is < LineOptions.MinBaudRate or > LineOptions.MaxBaudRate)
        {
            throw new LinkException(
                LinkFailure.BadSettings,
                $"BaudRate of line {options.Port} is {options.BaudRate}; {LineOptions.MinBaudRate} to {LineOptions.MaxBaudRate} is expected.");
        }

        var logger = loggers.CreateLogger<SerialLinkFactory>();
        ILineOpener opener = address.Path is { } path
            ? new TermiosOpener(options.Port, Settings(path, options), Loop(), logger)
            : new TcpOpener(options.Port, address, options.ConnectTimeout, time, logger);
        return new ReopenableLink(options.Port, options.BytesPerSecond, opener, logger);
    }

    public void Dispose()
    {
        EpollLoop? loop;
        lock (_lock)
        {
            _disposed = true;
            loop = _loop;
            _loop = null;
        }

        loop?.Dispose();
    }

    private static PortSettings Settings(string path, LineOptions options) => new(
        path, options.BaudRate ?? LineOptions.DefaultBaudRate, options.Parity, options.StopBits, options.HalfDuplex, options.LowLatency);

    private EpollLoop Loop()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _loop ??= new EpollLoop(loggers.CreateLogger<EpollLoop>());
        }
    }
}

/// <summary>Registers the links for the host to use.</summary>
public static class SerialLinksServiceCollectionExtensions
{
    /// <summary>Adds <see cref="ISerialLinkFactory"/>, one for the process, unless another is registered already.</summary>
    public static IServiceCollection AddSerialLinks(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ISerialLinkFactory, SerialLinkFactory>();
        return services;
    }
}
