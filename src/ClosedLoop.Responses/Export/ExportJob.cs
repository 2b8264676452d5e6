using System.Data.Common;
using ClosedLoop.Responses.Export.Files;

namespace ClosedLoop.Responses.Export;

/// <summary>One run being written: what all its files read from.</summary>
/// <param name="Connection">Connection to read with.</param>
/// <param name="Period">What the run covers.</param>
/// <param name="Format">Zone, header and quoting.</param>
/// <param name="Scope">Which rows and columns it has.</param>
/// <param name="Extra">Recipient fields at the end of rows.</param>
/// <param name="Mailings">Mailings listed, in the order of their recipients' ids.</param>
internal sealed record ExportJob(DbConnection Connection, ExportPeriod Period, ExportFormat Format, ExportScope Scope, ExtraColumns Extra, IReadOnlyList<ListedMailing> Mailings);
