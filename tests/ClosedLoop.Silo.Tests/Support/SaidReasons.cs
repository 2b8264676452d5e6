using ClosedLoop.Silo.Watching;

namespace ClosedLoop.Silo.Tests.Support;

/// <summary>Mailings give the reason that the test wants.</summary>
internal sealed class SaidReasons : IMailingReasons
{
    public string? Reason { get; set; }

    public Task<string?> OfAsync(long mailingId) => Task.FromResult(Reason);
}
