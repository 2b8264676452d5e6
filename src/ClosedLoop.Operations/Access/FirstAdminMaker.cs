using ClosedLoop.Data.Access;
using ClosedLoop.Data.Auditing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ClosedLoop.Operations.Access;

/// <summary>Makes the first administrator at the start while there are no users. From then on the file does nothing, so that one which was forgotten opens no door.</summary>
internal sealed partial class FirstAdminMaker(OperationsOptions options, UserStore users, AuditStore audit, ILogger<FirstAdminMaker> logger) : IHostedService
{
    private readonly ILogger _logger = logger;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.FirstAdmin is not { } first || users.All().Count > 0) return;

        // Of several silos that start together one makes it.
        if (!await users.AddAsync(first.Name, OperatorRole.Admin, PasswordHash.Of(first.Password()))) return;
        await audit.AddAsync(new AuditEntry
        {
            Actor = "service",
            Origin = "settings",
            Action = "user.add",
            Subject = "user/" + UserStore.Fold(first.Name),
            Done = true,
            Answer = $"{UserStore.Fold(first.Name)} may sign in as admin",
            Reason = "first administrator",
        });
        LogMade(UserStore.Fold(first.Name), first.PasswordFile);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(9503, LogLevel.Warning, "user {Name} was made as the first administrator with the password in {File}; change it on the screen Access and take the file away")]
    private partial void LogMade(string name, string file);
}
