using EdgeGateway.Module.Hosting;

return await new GatewayProgram(Console.Out, Console.Error).RunAsync(args);
