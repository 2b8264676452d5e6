// Orleans has an ErrorCode of its own, and the engine file brings its namespace in.
global using ErrorCode = ClosedLoop.Model.Errors.ErrorCode;
