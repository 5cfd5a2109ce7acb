using EdgeGateway.Simulators.Mcu.CommandLine;

return await new FleetCommand().InvokeAsync(args);
