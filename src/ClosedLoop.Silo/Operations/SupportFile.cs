using ClosedLoop.Data.Clients;
using ClosedLoop.Operations.Ports;
using ClosedLoop.Silo.Configuration;
using ClosedLoop.Silo.Doctor;

namespace ClosedLoop.Silo.Operations;

/// <summary>What <c>doctor --offline --bundle</c> writes, from inside the service. DNS, relays and SFTP are not asked: somebody waits for the answer.</summary>
internal sealed class SupportFile(SiloSettings settings, SettingSources sources, DefinitionStore definitions, TimeProvider time) : ISupportBundle
{
    public byte[] Make()
    {
        var findings = MachineChecks.Run(settings, time)
            .Concat(LiveReadiness.Missing(settings, [.. definitions.Clients().Select(client => client.Value)]).Select(missing => new Finding("live", "Delivery:Mode", Verdict.Fault, missing))).ToList();
        using var archive = new MemoryStream();
        SupportBundle.Write(archive, settings, sources.Configuration, findings, time);
        return archive.ToArray();
    }
}
