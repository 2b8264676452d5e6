using ClosedLoop.Model.Files;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Intake.Files;

public sealed partial class FileIntake
{
    [LoggerMessage(1001, LogLevel.Information, "L600 file {FileId} {Name} claimed ({Size} bytes)")]
    private partial void LogClaimed(long fileId, string name, long size);

    [LoggerMessage(1002, LogLevel.Information, "file {FileId} {Name} is {State}")]
    private partial void LogReached(long fileId, string name, FileState state);

    [LoggerMessage(1003, LogLevel.Information, "L601 file {FileId}: {Records} records, {Accepted} accepted, {Errors} errors, {Warnings} warnings")]
    private partial void LogValidated(long fileId, long records, long accepted, long errors, long warnings);

    [LoggerMessage(1004, LogLevel.Error, "file {FileId} {Name} failed at step {Step}: {Code}")]
    private partial void LogFailed(long fileId, string name, FileStep step, string code, Exception? cause);

    [LoggerMessage(1005, LogLevel.Warning, "CL3280: file {FileId} {Name} waits for approval: {Rails}")]
    private partial void LogHeld(long fileId, string name, string? rails);
}
