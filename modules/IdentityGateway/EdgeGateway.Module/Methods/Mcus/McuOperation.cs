namespace EdgeGateway.Module.Methods.Mcus;

/// <summary>An order to a microcontroller that may take longer than its caller waits; the twin shows it.</summary>
/// <param name="Id">Names it, in the answer and in the twin.</param>
/// <param name="Name">The method.</param>
/// <param name="State">How it stands.</param>
/// <param name="Message">The same in plain words.</param>
/// <param name="At">Since when.</param>
internal sealed record McuOperation(string Id, string Name, McuOperationState State, string Message, DateTimeOffset At);
