using ClosedLoop.Silo.Commands;

return await CommandLine.RunAsync(args);
