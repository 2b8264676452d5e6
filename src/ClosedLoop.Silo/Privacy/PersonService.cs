using ClosedLoop.Data.Clients;
using ClosedLoop.Data.Guard;
using ClosedLoop.Data.Inbound;
using ClosedLoop.Data.Privacy;
using ClosedLoop.Model;
using ClosedLoop.Model.Clients;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Hosting;
using ClosedLoop.Silo.Proofs;

namespace ClosedLoop.Silo.Privacy;

/// <summary>Erases one person everywhere this installation can reach, one client after the other; every step can be done again.</summary>
internal sealed partial class PersonService(
    DefinitionStore definitions,
    PersonReader people,
    PersonErasure erasure,
    PersonFiles files,
    InboundStore inbound,
    SinkService sink,
    InstanceStore instance,
    SiloSettings settings,
    TimeProvider time,
    ILogger<PersonService> logger)
{
    private readonly ILogger _logger = logger;

    /// <param name="address">Normalised.</param>
    /// <param name="client">Key of one client; null for all.</param>
    /// <param name="cancellation">Looked at between files.</param>
    /// <returns>The certificate.</returns>
    /// <exception cref="BeingSentException">Try again in a moment.</exception>
    public async Task<byte[]> EraseAsync(string address, string? client, CancellationToken cancellation)
    {
        var clients = definitions.Clients().Select(found => found.Value).Where(found => client is null || found.Key == client).ToList();
        var done = new List<ErasedClient>();
        var mails = 0;
        foreach (var one in clients)
        {
            mails += await ForgetMailsAsync(one, address);
            var result = await erasure.EraseAsync(one.Id, address);
            done.Add(new ErasedClient(one.Id, one.Key, result, await files.EraseAsync(one, address, cancellation)));
            LogErased(one.Key, result.Messages, result.Withdrawn);
        }

        var captured = await sink.RemoveAsync(record => record.To.Any(to => string.Equals(to, address, StringComparison.OrdinalIgnoreCase)));
        erasure.Checkpoint();
        using var key = ProofKey.LoadOrCreate(settings.KeysPath);
        return ErasureCertificate.Make(address, done, mails, captured, instance.Read()?.InstanceId, time.NowMicroseconds(), key);
    }

    /// <summary>Returned mails go before the rows that tell whose they are.</summary>
    private async Task<int> ForgetMailsAsync(ClientDefinition client, string address)
    {
        var mails = people.Returned(address, people.Messages(client.Id, address));

        // The file first: a path that is gone from the register could never be cleaned up.
        foreach (var mail in mails.Where(mail => mail.Path is not null)) File.Delete(Path.Combine(settings.InboundPath, mail.Path!));
        await inbound.ForgetAsync([.. mails.Select(mail => mail.Id)]);
        return mails.Count;
    }

    [LoggerMessage(9601, LogLevel.Information, "a person was erased at client {Client}: {Messages} messages, {Withdrawn} of them not sent any more")]
    private partial void LogErased(string client, int messages, int withdrawn);
}
