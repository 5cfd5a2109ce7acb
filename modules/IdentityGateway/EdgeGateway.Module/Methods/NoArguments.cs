namespace EdgeGateway.Module.Methods;

/// <summary>The arguments of a method that has none.</summary>
internal readonly record struct NoArguments;
