using System.Text.RegularExpressions;

namespace EdgeGateway.Module.Methods.Logs;

/// <summary>Lines of one module that are wanted.</summary>
/// <param name="Module">Pattern of its id.</param>
/// <param name="Filter">Which lines.</param>
internal sealed record LogItem(Regex? Module, LogFilter Filter);
