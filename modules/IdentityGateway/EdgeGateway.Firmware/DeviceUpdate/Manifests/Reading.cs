namespace EdgeGateway.Firmware.DeviceUpdate.Manifests;

/// <summary>What was read, or everything that was wrong with it.</summary>
/// <typeparam name="T">What was to be read.</typeparam>
public sealed record Reading<T>
    where T : class
{
    /// <summary>What was read; null if there is any error.</summary>
    public T? Value { get; init; }

    public IReadOnlyList<FieldError> Errors { get; init; } = [];

    /// <summary>True where the input is well formed but asks for something that this gateway does not do.</summary>
    public bool IsUnsupported { get; init; }

    /// <summary>All errors in one line for people.</summary>
    public string ErrorText => string.Join("; ", Errors);

    internal static Reading<T> Of(T? value, IReadOnlyList<FieldError> errors) =>
        new() { Value = errors.Count == 0 ? value : null, Errors = errors };

    internal static Reading<T> Unsupported(FieldError error) => new() { Errors = [error], IsUnsupported = true };

    internal static Reading<T> Failed(FieldError error) => new() { Errors = [error] };
}
