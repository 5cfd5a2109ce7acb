using Microsoft.AspNetCore.Connections;

namespace EdgeGateway.Simulators.IotHub.Hosting;

/// <summary>
/// Imitates the fault of edgeHub 1.6.0 and 1.6.1: bytes that arrive together with the end of the TLS handshake are lost. A CONNECT among them is never answered; one that
/// arrives a little later is.
/// </summary>
internal static class LostConnect
{
    public static async Task RunAsync(ConnectionContext connection, TimeSpan timeout, TimeProvider time, ConnectionDelegate next)
    {
        using var expiry = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(expiry.Token, connection.ConnectionClosed);
        var input = connection.Transport.Input;
        try
        {
            var reading = input.ReadAsync(either.Token);
            var isThere = reading.IsCompleted;
            var result = await reading;
            input.AdvanceTo(isThere ? result.Buffer.End : result.Buffer.Start);
        }
        catch (OperationCanceledException)
        {
            connection.Abort();
            return;
        }

        await next(connection);
    }
}
