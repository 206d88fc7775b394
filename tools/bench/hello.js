// The least that a server on the same framework does: it reads a JSON body and answers with one.
import express from 'express';

const app = express();
app.use(express.json());
app.post('/', (_request, response) => void response.json({ hello: 'world' }));
const server = app.listen(0, '127.0.0.1', () => {
  console.log(JSON.stringify({ url: `http://127.0.0.1:${server.address().port}` }));
});
