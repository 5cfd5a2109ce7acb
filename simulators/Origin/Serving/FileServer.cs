using System.Globalization;
using EdgeGateway.Simulators.Origin.Faults;
using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace EdgeGateway.Simulators.Origin.Serving;

/// <summary>Answers requests for files, correctly or with a fault.</summary>
internal sealed class FileServer(IFileProvider files, FaultPlan plan, ServedBytes served, TimeProvider time)
{
    private const string ContentType = "application/octet-stream";

    public async Task HandleAsync(HttpContext context, string path)
    {
        served.CountRequest();
        Fault fault;
        try
        {
            fault = FaultOf(context.Request.Query) ?? plan.Take();
        }
        catch (FormatException e)
        {
            await Results.Text(e.Message, statusCode: StatusCodes.Status400BadRequest).ExecuteAsync(context);
            return;
        }

        if (!await FailEarlyAsync(context, fault))
        {
            await ServeAsync(context, path, fault);
        }
    }

    private static Fault? FaultOf(IQueryCollection query) =>
        query.TryGetValue("fault", out var kind) ? Fault.Parse(kind.ToString(), Text(query, "after"), Text(query, "rate")) : null;

    private static string? Text(IQueryCollection query, string name) => query.TryGetValue(name, out var text) ? text.ToString() : null;

    /// <summary>Applies faults that need no file.</summary>
    private async Task<bool> FailEarlyAsync(HttpContext context, Fault fault)
    {
        switch (fault.Kind)
        {
            case FaultKind.NotFound:
                await Results.Text("not found, as asked for", statusCode: StatusCodes.Status404NotFound).ExecuteAsync(context);
                return true;
            case FaultKind.ServerError:
                await Results.Text("failed, as asked for", statusCode: StatusCodes.Status500InternalServerError).ExecuteAsync(context);
                return true;
            case FaultKind.Close when fault.After is null or 0:
                context.Abort();
                return true;
            case FaultKind.Silent:
                try
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, time, context.RequestAborted);
                }
                catch (OperationCanceledException)
                {
                    // the client has given up, or the origin stops
                }

                return true;
            default:
                return false;
        }
    }

    private async Task ServeAsync(HttpContext context, string path, Fault fault)
    {
        var file = files.GetFileInfo(path);
        if (!file.Exists || file.IsDirectory)
        {
            await Results.Text($"there is no file '{path}'", statusCode: StatusCodes.Status404NotFound).ExecuteAsync(context);
            return;
        }

        var ranges = fault.Kind != FaultKind.NoRange;
        if (!ranges)
        {
            context.Request.Headers.Range = default;
        }

        var content = await OpenAsync(file, fault, context.RequestAborted);
        var tag = string.Create(CultureInfo.InvariantCulture, $"\"{file.LastModified.UtcTicks:x}-{content.Length:x}\"");
        context.Response.Body = new BodyStream(context.Response.Body, fault, time, bytes => served.Count(path, bytes));
        try
        {
            await Results.Stream(content, ContentType, null, file.LastModified, new EntityTagHeaderValue(tag), ranges).ExecuteAsync(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // the client has left
        }
    }

    private static async Task<Stream> OpenAsync(IFileInfo file, Fault fault, CancellationToken cancellationToken)
    {
        var stream = file.CreateReadStream();
        if (fault.Kind is not (FaultKind.TooShort or FaultKind.TooLong))
        {
            return stream;
        }

        await using (stream)
        {
            var changed = new MemoryStream();
            await stream.CopyToAsync(changed, cancellationToken);
            var length = changed.Length;
            changed.SetLength(fault.Kind == FaultKind.TooShort ? Math.Min(length, fault.After ?? length / 2) : length + (fault.After ?? Fault.LongBy));
            changed.Position = 0;
            return changed;
        }
    }
}
