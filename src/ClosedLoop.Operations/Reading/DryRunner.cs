using ClosedLoop.Model.Clients;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Operations.Ports;

namespace ClosedLoop.Operations.Reading;

/// <summary>Renders a template for recipients all over the newest mailing of its source, and sends nothing.</summary>
internal sealed class DryRunner(SampleRows rows, ITemplateBench bench)
{
    /// <summary>Most recipients at once: somebody waits for the page.</summary>
    public const int Most = 200;

    public DryRun Run(SourceMailing source, ClientDefinition client, int count)
    {
        var (mailing, all) = rows.Newest(source.Id);
        var wanted = (int)Math.Min(Math.Clamp(count, 1, Most), Math.Max(1, all));
        var (faults, largest, longest, empty) = (new List<DryRunFault>(), 0L, "", 0);
        for (var i = 0; i < wanted; i++)
        {
            // Spread evenly, the first and the last among them: lists are mostly sorted by something.
            var sequence = wanted == 1 ? 0 : (int)(i * (all - 1) / (wanted - 1));
            var (address, fields) = mailing > 0 ? rows.Recipient(mailing, sequence) ?? SampleRows.Invented(client) : SampleRows.Invented(client);
            var view = bench.Preview(source, client, address, fields);
            if (view.Fault is { } fault)
            {
                faults.Add(new DryRunFault(sequence, address, fault));
                continue;
            }

            largest = Math.Max(largest, view.Raw.Length);
            if (view.Subject.Length > longest.Length) longest = view.Subject;
            if (string.IsNullOrWhiteSpace(view.Subject)) empty++;
        }

        return new DryRun(mailing, wanted, all, faults, largest, longest, empty);
    }
}
