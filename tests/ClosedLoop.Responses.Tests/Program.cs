using ClosedLoop.Responses.Tests.Spool;

return args is ["append-until-killed", var directory] ? await AppendUntilKilled.RunAsync(directory) : 2;
