using ClosedLoop.Model.Files;

namespace ClosedLoop.Data.Files;

public sealed partial class FileRegister
{
    /// <summary>Adds a warning that was found after the file was read; one that stands there already is not counted twice.</summary>
    public static void Warn(WriteContext context, long fileId, FileProblem problem)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(problem);
        context.Execute(
            """
            UPDATE inbound_file SET warnings = warnings + 1 WHERE file_id = $1
                AND NOT EXISTS (SELECT 1 FROM file_problem WHERE file_id = $1 AND code = $2 AND group_key IS NOT DISTINCT FROM $3)
            """, fileId, problem.Code.Code, problem.Group);
        context.Execute(
            """
            INSERT INTO file_problem (file_id, ordinal, line, record, "column", code, step, group_key, message)
            SELECT $1, COALESCE((SELECT MAX(ordinal) + 1 FROM file_problem WHERE file_id = $1), 0), $2, $3, $4, $5, $6, $7, $8
            WHERE NOT EXISTS (SELECT 1 FROM file_problem WHERE file_id = $1 AND code = $5 AND group_key IS NOT DISTINCT FROM $7)
            """, fileId, problem.Line, problem.Record, problem.Column, problem.Code.Code, problem.Step.ToString(), problem.Group, problem.Message);
    }
}
