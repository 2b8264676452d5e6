using Microsoft.Win32.SafeHandles;

namespace ClosedLoop.Responses.Export.Csv;

/// <summary>Merges the sorted stretches of a spill file.</summary>
internal static class StretchMerge
{
    public static void Write(SafeFileHandle file, IReadOnlyList<SortedStretch> stretches, ExportCsvWriter output)
    {
        var queue = new PriorityQueue<StretchReader, ulong>(stretches.Count);
        for (var i = 0; i < stretches.Count; i++)
        {
            var reader = new StretchReader(file, stretches[i], i);
            if (reader.Read()) queue.Enqueue(reader, reader.Key);
        }

        while (queue.TryDequeue(out var first, out _))
        {
            // Stretches hardly overlap: mail goes out in the order of the list. So one is followed as long as it is ahead.
            var limit = queue.TryPeek(out _, out var next) ? next : ulong.MaxValue;
            bool more;
            do
            {
                output.Append(first.Row, 1);
                more = first.Read();
            }
            while (more && first.Key < limit);
            if (more) queue.Enqueue(first, first.Key);
        }
    }
}
