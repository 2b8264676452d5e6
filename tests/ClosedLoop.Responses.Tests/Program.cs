using ClosedLoop.Responses.Tests.Drain;
using ClosedLoop.Responses.Tests.Spool;

return args switch
{
    ["append-until-killed", var directory] => await AppendUntilKilled.RunAsync(directory),
    ["drain-until-killed", var database, var directory] => await DrainUntilKilled.RunAsync(database, directory),
    _ => 2,
};
