namespace EdgeGateway.Module.Methods;

/// <summary>A mistake in the payload of a call.</summary>
/// <param name="Field">Where, such as <c>items[0].filter.tail</c>; empty for the payload itself.</param>
/// <param name="Text">What is wrong and what is expected, in plain words.</param>
internal sealed record ArgumentError(string Field, string Text);
