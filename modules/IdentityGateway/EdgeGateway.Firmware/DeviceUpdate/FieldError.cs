namespace EdgeGateway.Firmware.DeviceUpdate;

/// <summary>A mistake in what the cloud sent: which field, what it holds, what was expected.</summary>
/// <param name="Path">JSON path of the field, such as <c>deviceUpdate.service.workflow.id</c>.</param>
/// <param name="Value">What it holds, shortened; <c>missing</c> where there is nothing.</param>
/// <param name="Expected">What would have been right.</param>
public sealed record FieldError(string Path, string Value, string Expected)
{
    public override string ToString() => $"{Path} is {Value}; expected {Expected}";
}
